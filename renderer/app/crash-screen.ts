/** What is left when the workbench fails: the reason, and the document to take along. Plain elements: it needs nothing that may have failed. */

export interface CrashParts {
  /** Where the screen goes; everything in it is replaced. */
  readonly root: HTMLElement;
  /** Edits that the journal did not have when it happened. */
  readonly unkept: number;
  /** Gives the person the open document as a file; undefined while there is none. */
  readonly rescue: (() => Promise<void>) | undefined;
  /** Ends what must not go on behind the screen. */
  end(): void;
  log(message: string): void;
  reload(): void;
  copy(text: string): Promise<void>;
}

/** What failed, with where. */
export interface Fault {
  readonly error: unknown;
  /** What was being done or drawn. */
  readonly place: string;
}

/** Shows the screen; a part of the rescue that fails says so on it. */
export function showCrash(fault: Fault, parts: CrashParts): void {
  const details = describeFault(fault);
  attempt(() => parts.log(`The workbench stopped: ${details}`));
  attempt(() => parts.end());
  const said = element('p', { className: 'crash-said', role: 'status' });
  const tell = (text: string): void => void (said.textContent = text);
  const screen = element('main', { className: 'crash' }, [
    element('h1', {}, ['Spikeloom ran into a fault of its own']),
    element('p', {}, [
      keptWords(parts.unkept),
      parts.rescue === undefined ? '' : ' You can also take the project along as a file.',
    ]),
    element('p', { className: 'crash-reason mono', role: 'alert' }, [reasonOf(fault.error)]),
    element('p', { className: 'crash-actions' }, [
      button('Load again', 'button button-primary', () => parts.reload()),
      ...(parts.rescue === undefined ? [] : [button('Save the project as a file', 'button button-plain', save)]),
      button('Copy the details', 'button button-plain', copy),
    ]),
    said,
    element('pre', { className: 'crash-details mono', tabIndex: 0, ariaLabel: 'Details' }, [details]),
  ]);
  parts.root.replaceChildren(screen);

  function save(): void {
    parts.rescue?.().then(
      () => tell('The project was handed over as a file.'),
      (error: unknown) => tell(`The project could not be handed over: ${reasonOf(error)}`),
    );
  }

  function copy(): void {
    parts.copy(details).then(
      () => tell('The details are in the clipboard.'),
      () => tell('The clipboard is out of reach; the details stand below.'),
    );
  }
}

function keptWords(unkept: number): string {
  if (unkept === 0)
    return 'Your work is safe: every edit is in the journal and comes back when the window is loaded again.';
  const edits = unkept === 1 ? 'the last edit is' : `the last ${unkept} edits are`;
  return `Your work is in the journal and comes back when the window is loaded again, but ${edits} not in it yet: save the project as a file first.`;
}

function describeFault({ error, place }: Fault): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return [reasonOf(error), stack, place].filter((part) => part !== undefined && part !== '').join('\n');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The screen appears whatever fails beside it. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Logging or ending failed as well: nothing more can be done about that here.
  }
}

function button(words: string, className: string, onClick: () => void): HTMLElement {
  const made = element('button', { className, type: 'button' }, [words]);
  made.addEventListener('click', onClick);
  return made;
}

interface Looks {
  readonly className?: string;
  readonly role?: string;
  readonly type?: string;
  readonly tabIndex?: number;
  readonly ariaLabel?: string;
}

function element(name: string, looks: Looks = {}, children: readonly (Node | string)[] = []): HTMLElement {
  const made = document.createElement(name);
  Object.assign(made, looks);
  made.append(...children);
  return made;
}
