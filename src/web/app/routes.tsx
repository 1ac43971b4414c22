import { useEffect } from 'react';
import { matchRoute, Route, Switch, useLocation, useRouter } from 'wouter';
import { type LazyScreen, lazyScreen } from './lazyScreen.tsx';
import { NotFound } from './NotFound.tsx';
import type { ScreenProps } from './screen.ts';

/** One screen a line, each loaded when it is first gone to. A screen gets the parameters of its address. */
const routes: readonly (readonly [path: string, screen: LazyScreen])[] = [
  ['/', lazyScreen(() => import('../screens/overview/index.tsx'))],
  ['/apps/:app', lazyScreen(() => import('../screens/ladder/index.tsx'))],
  ['/apps/:app/ship', lazyScreen(() => import('../screens/ship/index.tsx'))],
  ['/apps/:app/:environment/deploys/:number', lazyScreen(() => import('../screens/deploy/index.tsx'))],
  ['/ship', lazyScreen(() => import('../screens/shipping/index.tsx'))],
  ['/deploys', lazyScreen(() => import('../screens/deploys/index.tsx'))],
  ['/runs', lazyScreen(() => import('../screens/runs/index.tsx'))],
  ['/runs/:run', lazyScreen(() => import('../screens/run/index.tsx'))],
  ['/runs/:run/jobs/:job', lazyScreen(() => import('../screens/job/index.tsx'))],
  ['/projects', lazyScreen(() => import('../screens/projects/index.tsx'))],
  ['/projects/:project', lazyScreen(() => import('../screens/project/index.tsx'))],
  ['/teams', lazyScreen(() => import('../screens/teams/index.tsx'))],
  ['/teams/:team', lazyScreen(() => import('../screens/team/index.tsx'))],
  ['/settings', lazyScreen(() => import('../screens/settings/index.tsx'))],
  ['/settings/:section', lazyScreen(() => import('../screens/settings/index.tsx'))],
  ['/welcome', lazyScreen(() => import('../screens/welcome/index.tsx'))],
];

/** The screen of the address one is at. */
export function Routes() {
  return (
    <Switch>
      {routes.map(([path, { Screen }]) => (
        <Route key={path} path={path}>
          {(params) => <Screen params={params as ScreenProps['params']} />}
        </Route>
      ))}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

/** Loads the screen of the address while all that comes before it is still under way, such as who is signed in. */
export function useEarlyScreen(): void {
  const { parser } = useRouter();
  const [location] = useLocation();
  useEffect(() => {
    routes.find(([path]) => matchRoute(parser, path, location)[0])?.[1].load();
  }, [parser, location]);
}
