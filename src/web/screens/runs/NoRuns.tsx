import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { CopyBox } from '../../ui/CopyBox.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import styles from './runs.module.css';

/** The smallest workflow that says something of every commit. */
const smallestWorkflow = `name: test
on: [push, workflow_dispatch]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ./bin/test
`;

/** Nothing has run yet: what to write, and where to push it. */
export function NoRuns() {
  const { data } = useApi(api.listRepositories, {});
  const hosted = data?.items.find(({ url }) => url === null);
  return (
    <EmptyState title="No workflow has run yet">
      <div className={styles.teach}>
        <p>
          A push runs the workflows of its commit. Write one as <code>.github/workflows/test.yml</code>:
        </p>
        <CopyBox text={smallestWorkflow} label="Copy the workflow" name="A minimal workflow" />
        {hosted === undefined ? (
          <p>
            Commit and push it: it runs as soon as its repository is fetched. A repository without{' '}
            <code>url</code> in <code>slipway.yml</code> is hosted here, and takes pushes itself.
          </p>
        ) : (
          <>
            <p>Commit it, and push it to {hosted.name}, with an API token as the password:</p>
            <CopyBox
              text={`git remote add slipway ${hosted.clone_url}\ngit push slipway HEAD:main`}
              label="Copy the commands"
              name="Commands that push"
            />
          </>
        )}
      </div>
    </EmptyState>
  );
}
