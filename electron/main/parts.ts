/** The parts of Electron's objects that windows use: tests bring their own. */

export interface PageContents {
  readonly id: number;
  send(channel: string, message: unknown): void;
  reload(): void;
  forcefullyCrashRenderer(): void;
  on(event: 'render-process-gone', listener: (event: unknown, details: GoneDetails) => void): unknown;
  on(event: 'did-navigate', listener: () => void): unknown;
}

export interface GoneDetails {
  /** `crashed`, `oom`, `killed` … */
  readonly reason: string;
  readonly exitCode: number;
}

export interface WindowPart {
  readonly webContents: PageContents;
  loadURL(address: string): Promise<void>;
  show(): void;
  focus(): void;
  restore(): void;
  isMinimized(): boolean;
  maximize(): void;
  isMaximized(): boolean;
  getNormalBounds(): { x: number; y: number; width: number; height: number };
  setTitle(title: string): void;
  destroy(): void;
  isDestroyed(): boolean;
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown;
  on(
    event: 'closed' | 'focus' | 'resize' | 'move' | 'unresponsive' | 'responsive' | 'ready-to-show',
    listener: () => void,
  ): unknown;
}
