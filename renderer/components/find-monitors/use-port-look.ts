import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DetectionView } from '../../../shared/contract/detection.ts';
import { useRoom } from '../../live/room-context.tsx';
import { wordsOfFailure } from '../../connection/failure.ts';

const pollMs = 400;

/** One look at one port: how it is getting on, and the buttons that begin and end it. */
interface PortLook {
  readonly view: DetectionView | null;
  readonly problem: string | null;
  begin(ask: boolean): void;
  stop(): void;
}

const lookKey = (port: string): readonly string[] => ['setup', 'detection', port];

/** The look belongs to the service: two pages see the same one, and a reload finds it again. */
export function usePortLook(port: string): PortLook {
  const { client } = useRoom();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: lookKey(port),
    queryFn: () => client.setup.detection({ port }),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? pollMs : false),
    retry: false,
    staleTime: Infinity,
  });
  const fail = (error: unknown): void => setProblem(wordsOfFailure(error));
  return {
    view: data ?? null,
    problem,
    begin: (ask) => {
      setProblem(null);
      client.setup.detect({ port, ask }).then((view) => queries.setQueryData(lookKey(port), view), fail);
    },
    stop: () => {
      client.setup.stopDetection({ port }).then(() => queries.invalidateQueries({ queryKey: lookKey(port) }), fail);
    },
  };
}
