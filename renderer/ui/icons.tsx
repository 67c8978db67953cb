/** Icons by what they mean here; the only place that names glyphs of the icon library. */
import {
  Activity,
  ArrowDownToLine,
  Check,
  ChevronDown,
  ChevronRight,
  CircleAlert,
  CircleHelp,
  Dices,
  FilePlus2,
  FileUp,
  FolderOpen,
  Grid3x3,
  ChevronUp,
  History,
  Info,
  ListTree,
  PanelRightClose,
  PanelRightOpen,
  Pause,
  Pencil,
  Play,
  Plus,
  Redo2,
  RotateCcw,
  Save,
  Search,
  SkipBack,
  SkipForward,
  SlidersHorizontal,
  Star,
  Sun,
  Moon,
  SunMoon,
  Trash2,
  TriangleAlert,
  Undo2,
  Upload,
  X,
  type LucideIcon,
} from 'lucide-react';

const icons = {
  activity: Activity,
  add: Plus,
  auto: SunMoon,
  back: SkipBack,
  check: Check,
  close: X,
  dark: Moon,
  delete: Trash2,
  down: ChevronDown,
  edit: Pencil,
  error: CircleAlert,
  favourite: Star,
  help: CircleHelp,
  next: ChevronDown,
  previous: ChevronUp,
  history: History,
  import: FileUp,
  info: Info,
  light: Sun,
  list: ListTree,
  matrix: Grid3x3,
  narrow: PanelRightClose,
  new: FilePlus2,
  open: FolderOpen,
  pause: Pause,
  play: Play,
  redo: Redo2,
  reset: RotateCcw,
  right: ChevronRight,
  save: Save,
  saveAs: ArrowDownToLine,
  search: Search,
  seed: Dices,
  settings: SlidersHorizontal,
  step: SkipForward,
  undo: Undo2,
  upload: Upload,
  warning: TriangleAlert,
  wide: PanelRightOpen,
} as const satisfies Record<string, LucideIcon>;

export type IconName = keyof typeof icons;

/** Filled where the outline would be too faint at 14 px. */
const filled: ReadonlySet<IconName> = new Set(['play', 'pause', 'step', 'back', 'favourite']);

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  const Glyph = icons[name];
  return (
    <Glyph
      size={size}
      strokeWidth={1.75}
      aria-hidden="true"
      focusable="false"
      fill={filled.has(name) ? 'currentColor' : 'none'}
    />
  );
}
