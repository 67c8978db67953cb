/** The session: theme, panels, time window, cursor, open dialogs, messages. Nothing here belongs to the document. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NumericArray } from '../../engine/model/validated.ts';
import type { WeightRecipe } from '../../engine/model/weight-generator.ts';
import type { Question } from './decisions.ts';
import { memoryLimit } from './memory-limit.ts';

export type ThemeChoice = 'light' | 'dark' | 'system';
export type InspectorTab = 'parameters' | 'equations' | 'connections' | 'help';
export type SidePanel = 'palette' | 'history';

/** The window of simulated time that all plots share. With `follow` its right edge stays at the newest sample. */
export interface TimeWindow {
  readonly follow: boolean;
  readonly spanSeconds: number;
  /** Right edge while not following. */
  readonly toSeconds: number;
}

/** What stands over the workbench, one at a time. */
export type OpenDialog =
  | { readonly kind: 'search' }
  | { readonly kind: 'problems' }
  | { readonly kind: 'shortcuts' }
  /** A time to go back to. */
  | { readonly kind: 'jump' }
  | { readonly kind: 'rename' }
  /** Where the host has no dialog of its own: a name to save under. */
  | { readonly kind: 'saveAs' }
  /** Unsaved work would be lost; \`decide\` hears whether the person goes on. */
  | { readonly kind: 'leave'; readonly name: string; decide(goOn: boolean): void }
  /** A file of numbers on its way into a series parameter; without `element` a new series block is made. */
  | {
      readonly kind: 'series';
      readonly name: string;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly target: { readonly element: string; readonly parameter: string } | undefined;
      readonly position: { readonly x: number; readonly y: number } | undefined;
    }
  /** An operation on the series that an element plays. */
  | { readonly kind: 'seriesOperation'; readonly element: string; readonly operation: string }
  /** A matrix on its way from a generator into the parameter that asked for it. */
  | GenerateQuestion
  /** A tightly balanced network on its way onto the canvas. */
  | { readonly kind: 'tightBalance' }
  /** Training of the marked parameters. */
  | { readonly kind: 'training' }
  /** How far back a layer remembers. */
  | { readonly kind: 'memoryCapacity'; readonly element: string }
  /** How far a recorded trace is from another one. */
  | { readonly kind: 'compareTraces' }
  /** Projects that have a journal. */
  | { readonly kind: 'keptProjects' }
  /** What the running network is made of; `part` is the element or connection it starts at. */
  | { readonly kind: 'explain'; readonly part?: string }
  /** A page of help, from the section on when one is named by its heading. */
  | { readonly kind: 'help'; readonly page: HelpPage; readonly section?: string }
  | Question;

/** What the dialog of generators is opened with, which outlives the form that asked. */
export interface GenerateQuestion {
  readonly kind: 'generate';
  readonly title: string;
  /** What the dialog begins with. */
  readonly start: WeightRecipe;
  /** The matrix that is there, which can be changed. */
  readonly present: NumericArray | undefined;
  /** Matrices of the project that a change may take as well. */
  readonly others: readonly { readonly id: string; readonly name: string; readonly matrix: NumericArray }[];
  /** Sets the parameter; true when it was taken. */
  apply(recipe: WeightRecipe, made: NumericArray): boolean;
}

/** The pages of help, a file in assets/help each. */
export type HelpPage = 'equations' | 'connections' | 'running' | 'measures' | 'training' | 'series' | 'files' | 'verbs';

/** Shortcuts that a person chose, by id of the command; a command that is not here has its usual ones. */
export type KeyMap = Readonly<Record<string, readonly string[]>>;

/** What a command asks of the canvas or of the plots, which alone know what they show. */
export type ViewRequest =
  | 'canvas.fit'
  | 'canvas.actualSize'
  | 'canvas.zoomIn'
  | 'canvas.zoomOut'
  | 'canvas.insert'
  | 'canvas.connect'
  | 'canvas.rename'
  | 'canvas.note'
  | 'plots.earlier'
  | 'plots.later'
  | 'plots.zoomIn'
  | 'plots.zoomOut'
  | 'plots.start'
  | 'plots.end'
  | 'plots.cursorBack'
  | 'plots.cursorOn';

export type FocusTarget = 'palette' | 'inspector' | 'canvas';

/** One sentence of the live region. */
export interface Sentence {
  readonly id: number;
  readonly text: string;
}

/** A sentence for the person, shown for a while. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly title: string;
  readonly details: readonly string[];
}

export interface SessionState {
  readonly theme: ThemeChoice;
  /** What `system` means now. */
  readonly systemTheme: 'light' | 'dark';
  readonly leftOpen: boolean;
  readonly rightOpen: boolean;
  readonly sidePanel: SidePanel;
  readonly inspectorTab: InspectorTab;
  /** The inspector has taken room from the canvas for what needs it: the equation editor. */
  readonly inspectorWide: boolean;
  /** Height of the plots under the canvas as a fraction of the middle column. */
  readonly plotsFraction: number;
  /** Widths of the open side panels, pixels. */
  readonly paletteWidth: number;
  readonly inspectorWidth: number;
  /** Which member of a batch a plot shows, from 0, by id of the plot; the first where it is not named. */
  readonly plotMembers: Readonly<Record<string, number>>;
  readonly timeWindow: TimeWindow;
  readonly cursorSeconds: number | undefined;
  readonly dialog: OpenDialog | undefined;
  readonly notices: readonly Notice[];
  readonly keys: KeyMap;
  /** Most memory that a run may take on this computer, GiB; holds from the next build of the engine on. */
  readonly memoryLimitGiB: number;
  /** Where the keyboard should go; a new \`serial\` asks again. */
  readonly focus: { readonly target: FocusTarget; readonly serial: number } | undefined;
  /** What a command asked last; a new `serial` asks again. */
  readonly request: { readonly what: ViewRequest; readonly serial: number } | undefined;
  /** What should be said aloud; commands/announcements.ts turns it and other news into sentences. */
  readonly announcement: string;
  /** The last sentences said aloud by screen readers, the newest at the end. */
  readonly spoken: readonly Sentence[];
  change(part: Partial<SessionValues>): void;
  /** Opens the panel and moves the keyboard there. */
  focusOn(target: FocusTarget): void;
  ask(what: ViewRequest): void;
  /** Adds a sentence to the live region, also one that was said before. */
  say(text: string): void;
  notify(tone: Notice['tone'], title: string, details?: readonly string[]): void;
  dismiss(id: number): void;
}

export type SessionValues = Omit<SessionState, 'change' | 'focusOn' | 'ask' | 'say' | 'notify' | 'dismiss'>;
export type SessionStore = StoreApi<SessionState>;

/** Limits of the widths of the side panels, and what they are when nobody moved them; pixels. */
export const panelWidths = {
  palette: { least: 180, most: 420, usual: 232 },
  inspector: { least: 260, most: 640, usual: 300 },
} as const;

const initial: SessionValues = {
  theme: 'system',
  systemTheme: 'light',
  leftOpen: true,
  rightOpen: true,
  sidePanel: 'palette',
  inspectorTab: 'parameters',
  inspectorWide: false,
  plotsFraction: 0.36,
  paletteWidth: panelWidths.palette.usual,
  inspectorWidth: panelWidths.inspector.usual,
  plotMembers: {},
  timeWindow: { follow: true, spanSeconds: 1, toSeconds: 1 },
  cursorSeconds: undefined,
  dialog: undefined,
  notices: [],
  keys: {},
  memoryLimitGiB: memoryLimit.usual,
  focus: undefined,
  request: undefined,
  announcement: '',
  spoken: [],
};

/** What a panel needs to be open before the keyboard can go there. */
const opened: Readonly<Record<FocusTarget, Partial<SessionValues>>> = {
  palette: { leftOpen: true, sidePanel: 'palette' },
  inspector: { rightOpen: true },
  canvas: {},
};

export function createSessionStore(kept: Partial<SessionValues> = {}): SessionStore {
  let lastNotice = 0;
  return createStore<SessionState>()((set, get) => ({
    ...initial,
    ...kept,
    change: (part) => set(part),
    focusOn(target) {
      set({ ...opened[target], focus: { target, serial: (get().focus?.serial ?? 0) + 1 } });
    },
    ask: (what) => set({ request: { what, serial: (get().request?.serial ?? 0) + 1 } }),
    say(text) {
      const { spoken } = get();
      set({ spoken: [...spoken.slice(-3), { id: (spoken.at(-1)?.id ?? 0) + 1, text }] });
    },
    notify(tone, title, details = []) {
      const id = (lastNotice += 1);
      set({
        notices: [...get().notices.slice(-3), { id, tone, title, details }],
        announcement: [title, ...details].join(' '),
      });
    },
    dismiss: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
  }));
}

/** The theme that is shown. */
export function shownTheme(state: Pick<SessionState, 'theme' | 'systemTheme'>): 'light' | 'dark' {
  return state.theme === 'system' ? state.systemTheme : state.theme;
}

/** What of the session is kept from one start to the next. */
export const keptSettings = [
  'theme',
  'leftOpen',
  'rightOpen',
  'plotsFraction',
  'paletteWidth',
  'inspectorWidth',
  'plotMembers',
  'keys',
] as const;
