import { type ComponentType, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from './NotFound.tsx';

/** One screen a line, each loaded when it is first gone to. A screen gets the parameters of its address. */
const routes: readonly (readonly [path: string, screen: ComponentType<ScreenProps>])[] = [
  ['/', lazy(() => import('../screens/overview/index.tsx'))],
  ['/deploys', lazy(() => import('../screens/deploys/index.tsx'))],
];

/** What every screen is given: the parts of its address. */
export interface ScreenProps {
  readonly params: Readonly<Record<string, string>>;
}

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
