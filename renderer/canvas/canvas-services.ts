/** What the canvas needs from the rest of the workbench; the app supplies it from its stores, tests from fakes. */
import { createContext, useContext } from 'react';
import { defined } from '../../engine/base/assert.ts';
import type { Problem } from '../../engine/base/problem.ts';
import type { ConnectionEnd, NoteRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import type { KindCatalogue } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import type { RunView } from '../plots/plot-services.ts';
import type { Readable } from '../plots/readable.ts';
import type { ViewRequest } from '../stores/session-store.ts';
import type { BlockMark } from './canvas-nodes.ts';
import type { LivePictures } from './live-pictures.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface CanvasSelection {
  readonly elements: readonly string[];
  readonly connections: readonly string[];
}

/** How a new element is wired at once: one of its ports to a port that is there. */
export type FirstWire =
  { readonly from: ConnectionEnd; readonly port: string } | { readonly to: ConnectionEnd; readonly port: string };

/** What gestures do to the document: each call is one command that can be undone. */
export interface CanvasCommands {
  /** Adds an element whose top left corner stands there; returns its id, or undefined when it cannot be. With `splice` it goes into that connection. */
  addElement(
    kind: string,
    place: Place,
    options?: { readonly wire?: FirstWire | undefined; readonly splice?: string | undefined },
  ): string | undefined;
  /** Moves of one `gesture` that follow each other are one step of the history. */
  moveElements(places: Readonly<Record<string, Place>>, gesture?: string): void;
  connect(from: ConnectionEnd, to: ConnectionEnd): void;
  rename(element: string, name: string): void;
  /** What it returns was refused. */
  setParameter(element: string, parameter: string, value: ParameterValue): readonly Problem[];
  addNote(note: Omit<NoteRecord, 'id'>): void;
  /** Writes a note; without words it is taken away. */
  setNote(note: NoteRecord): void;
  /** Shows what the element does in a plot, recording it if needed. */
  plotElement(element: string): void;
  /** Records an output and shows it in the plot; without one in a new plot. */
  plotOutput(output: ConnectionEnd, plot: string | undefined): void;
}

/** How commands and others move the view. */
export interface CanvasControl {
  fit(): void;
  actualSize(): void;
  zoomIn(): void;
  zoomOut(): void;
  /** Brings elements, or the blocks at the ends of connections, into view. */
  reveal(ids: readonly string[]): void;
  /** A person moved the view: it stays where it is when the size of the canvas changes. */
  moved(): void;
}

export interface CanvasServices {
  readonly catalogue: KindCatalogue;
  readonly document: Readable<SpikeloomDocument>;
  /** Changes when another project takes the place of the open one. */
  readonly project: Readable<number>;
  readonly selection: Readable<CanvasSelection>;
  readonly marks: Readable<ReadonlyMap<string, BlockMark>>;
  readonly run: Readable<RunView>;
  /** The same, changing only a few times a second. */
  readonly figures: Readable<RunView>;
  /** What others ask to bring into view; a new value asks again. */
  readonly reveal: Readable<{ readonly ids: readonly string[]; readonly onlyHidden?: boolean } | undefined>;
  /** What a command asks of the canvas; a new value asks again. */
  readonly request: Readable<{ readonly what: ViewRequest } | undefined>;
  /** Changes when the keyboard shall come to the canvas. */
  readonly focus: Readable<number>;
  readonly pictures: LivePictures;
  readonly commands: CanvasCommands;
  select(selection: CanvasSelection): void;
  /** Moves the keyboard to the canvas. */
  focusCanvas(): void;
  /** Where a new block stands when nobody said. */
  freePlace(): Place;
  /** Says it in the live region. */
  announce(text: string): void;
  /** Files dropped on the canvas. */
  dropFiles(files: readonly File[]): void;
}

export const CanvasServicesContext = createContext<CanvasServices | undefined>(undefined);

export function useCanvasServices(): CanvasServices {
  return defined(useContext(CanvasServicesContext), 'the canvas stands inside CanvasServicesContext');
}
