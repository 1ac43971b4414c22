import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';

interface Props {
  /** Where one is: going elsewhere leaves a broken screen behind. */
  readonly path: string;
  readonly children: ReactNode;
}

/** When a screen breaks, or cannot be loaded, it alone does: the way elsewhere stays. */
export class ScreenBoundary extends Component<Props, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidUpdate(before: Props) {
    if (before.path !== this.props.path && this.state.error !== undefined)
      this.setState({ error: undefined });
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <Page title="This screen could not be shown">
        <ProblemNote error={error} />
        <p>Slipway may have been updated since this page was loaded.</p>
        <div>
          <Button tone="solid" onClick={() => location.reload()}>
            Load the page again
          </Button>
        </div>
      </Page>
    );
  }
}
