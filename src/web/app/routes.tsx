import { type ComponentType, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from './NotFound.tsx';
import type { ScreenProps } from './screen.ts';

/** One screen a line, each loaded when it is first gone to. A screen gets the parameters of its address. */
const routes: readonly (readonly [path: string, screen: ComponentType<ScreenProps>])[] = [
  ['/', lazy(() => import('../screens/overview/index.tsx'))],
  ['/apps/:app', lazy(() => import('../screens/ladder/index.tsx'))],
  ['/apps/:app/ship', lazy(() => import('../screens/ship/index.tsx'))],
  ['/apps/:app/:environment/deploys/:number', lazy(() => import('../screens/deploy/index.tsx'))],
  ['/deploys', lazy(() => import('../screens/deploys/index.tsx'))],
  ['/projects', lazy(() => import('../screens/projects/index.tsx'))],
  ['/projects/:project', lazy(() => import('../screens/project/index.tsx'))],
  ['/teams', lazy(() => import('../screens/teams/index.tsx'))],
  ['/teams/:team', lazy(() => import('../screens/team/index.tsx'))],
  ['/settings', lazy(() => import('../screens/settings/index.tsx'))],
  ['/settings/:section', lazy(() => import('../screens/settings/index.tsx'))],
  ['/welcome', lazy(() => import('../screens/welcome/index.tsx'))],
];

/** The screen of the address one is at. */
export function Routes() {
  return (
    <Switch>
      {routes.map(([path, Screen]) => (
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
