import { useQuery } from '@tanstack/react-query';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { RatingView } from '../../../shared/contract/session-view/ratings.ts';
import { useRoom } from '../../live/room-context.tsx';
import { wordingOf, type Wording } from './wording.ts';

interface FoundWording {
  readonly wording: Wording;
  /** The clinic has loaded words, and they did not come. */
  readonly failed: boolean;
}

/**
 * The wording of a rating: of one that is open the words it was opened with, of a new one those that are loaded
 * now. It stays what it was while a sheet is open.
 */
export function useWording(instrument: Instrument, rating: RatingView | null): FoundWording {
  const { client } = useRoom();
  const loaded = useQuery({ queryKey: ['text-packs'], queryFn: () => client.textPacks.list(), retry: false });
  const hash = rating === null ? (loaded.data?.find((pack) => pack.instrument === instrument.id)?.hash ?? null) : rating.textPackHash;
  const words = useQuery({
    queryKey: ['text-pack', hash],
    queryFn: () => (hash === null ? null : client.textPacks.words({ hash })),
    enabled: hash !== null,
    staleTime: Infinity,
    retry: 1,
  });
  const pack = words.data ?? null;
  return {
    wording: wordingOf(instrument, pack),
    failed: (rating === null && loaded.isError) || (hash !== null && (words.isError || (words.isSuccess && pack === null))),
  };
}
