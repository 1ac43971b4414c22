import { QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { createQueries } from '../api/queries.ts';
import { SetUp, setUpCodeOf } from './SetUp.tsx';
import { SignIn } from './SignIn.tsx';
import { sessionKey, UserContext, useSession } from './session.ts';
import { Unreachable } from './Unreachable.tsx';

/**
 * Shows its children to who is signed in, and the sign-in to everyone else, at the address they are at: so they
 * are where they wanted to be when they have signed in.
 */
export function SignedIn({ children }: { children: ReactNode }) {
  const [queries] = useState(() => createQueries(() => queries.setQueryData(sessionKey, null)));
  return (
    <QueryClientProvider client={queries}>
      <Gate>{children}</Gate>
    </QueryClientProvider>
  );
}

function Gate({ children }: { children: ReactNode }) {
  const session = useSession();
  const ended = useWasSignedIn(session.data?.user.username);
  if (session.data === undefined) {
    return session.error === null ? null : (
      <Unreachable error={session.error} onRetry={() => void session.refetch()} />
    );
  }
  const code = setUpCodeOf(location.hash);
  if (session.data === null && code !== undefined) return <SetUp code={code} />;
  if (session.data === null) return <SignIn ended={ended} />;
  const { user } = session.data;
  return (
    <UserContext key={user.username} value={user}>
      {children}
    </UserContext>
  );
}

/** Whether somebody was signed in here before; what was kept for them is forgotten when it is somebody else. */
function useWasSignedIn(username: string | undefined): boolean {
  const queries = useQueryClient();
  const [last, setLast] = useState(username);
  useEffect(() => {
    if (username === undefined || username === last) return;
    if (last !== undefined)
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    setLast(username);
  }, [username, last, queries]);
  return last !== undefined;
}
