import { Router, useLocation } from 'wouter';
import { basePath } from '../api/base.ts';
import { LiveProvider } from './liveContext.tsx';
import { Routes, useEarlyScreen } from './routes.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { Shell } from './Shell.tsx';
import { SignedIn } from './SignedIn.tsx';

/** The whole app. */
export function App() {
  return (
    <Router base={basePath}>
      <EarlyScreen />
      <SignedIn>
        <LiveProvider>
          <Shell>
            <Screen />
          </Shell>
        </LiveProvider>
      </SignedIn>
    </Router>
  );
}

function EarlyScreen() {
  useEarlyScreen();
  return null;
}

function Screen() {
  const [path] = useLocation();
  return (
    <ScreenBoundary path={path}>
      <Routes />
    </ScreenBoundary>
  );
}
