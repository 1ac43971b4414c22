import { durationText } from '../../lib/time.ts';
import { Duration, Time } from '../../ui/Time.tsx';

interface WorkClockProps {
  readonly waitingSince: string;
  readonly work: {
    readonly started_at: string | null;
    readonly finished_at: string | null;
    readonly duration_seconds: number | null;
  };
}

/** For how long something has waited or run, or took. */
export function WorkClock({ waitingSince, work }: WorkClockProps) {
  const { started_at, finished_at, duration_seconds } = work;
  if (finished_at !== null)
    return (
      <>
        {duration_seconds !== null && <>took {durationText(duration_seconds, { precise: true })}, </>}
        ended <Time at={finished_at} />
      </>
    );
  if (started_at !== null)
    return (
      <>
        running for <Duration from={started_at} />
      </>
    );
  return (
    <>
      waiting for <Duration from={waitingSince} />
    </>
  );
}
