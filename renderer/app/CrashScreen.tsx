/** What is left when drawing fails: the reason, and the document to take along. */
import { Component, type ReactNode } from 'react';

interface CrashScreenProps {
  readonly children: ReactNode;
  /** Gives the person the document as a file. */
  rescue(): void;
  log(message: string): void;
}

export class CrashScreen extends Component<CrashScreenProps, { readonly reason: string | undefined }> {
  override state: { readonly reason: string | undefined } = { reason: undefined };

  static getDerivedStateFromError(error: unknown): { readonly reason: string } {
    return { reason: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: Error): void {
    this.props.log(`The workbench stopped: ${error.stack ?? error.message}`);
  }

  override render(): ReactNode {
    const { reason } = this.state;
    if (reason === undefined) return this.props.children;
    return (
      <div className="crash" role="alert">
        <h1>Spikeloom ran into a fault of its own</h1>
        <p>
          Your work is safe: every edit is in the journal and comes back when the window is loaded again. You can also
          take the project along as a file.
        </p>
        <p className="crash-reason mono">{reason}</p>
        <p className="crash-actions">
          <button type="button" className="button button-primary" onClick={() => location.reload()}>
            Load again
          </button>
          <button type="button" className="button button-plain" onClick={() => this.props.rescue()}>
            Download the project
          </button>
        </p>
      </div>
    );
  }
}
