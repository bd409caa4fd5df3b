import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { TextPackView } from '../../../shared/contract/text-pack-contract.ts';
import { textPackHash } from '../platform/text-pack-hash.ts';
import { decideLoadTextPack, decideRemoveTextPack } from '../session/room/text-pack.ts';
import type { LoadedTextPack } from '../session/room/text-pack-state.ts';
import type { OpenRoom } from './call-context.ts';
import { contract, requireActor } from './procedure.ts';
import { nameAt } from '../staff/names.ts';

const list = contract.textPacks.list.handler(({ context }) => {
  const { room } = context.host;
  return [...room.recorder.room.textPacks.current.values()].map((loaded) => viewOf(room, loaded));
});

const load = contract.textPacks.load.handler(({ context, input }) => {
  const by = requireActor(context, 'load-text-pack').personId;
  const { room } = context.host;
  const { recorder } = room;
  const decision = decideLoadTextPack(recorder.room.textPacks, input.content, input.instrument ?? null, textPackHash);
  if ('refusal' in decision) throw new RefusedError(decision.refusal);
  const changed = decision.events.length > 0;
  if (changed) recorder.recordRoom(decision, by);
  const loaded = recorder.room.textPacks.byHash.get(decision.hash);
  if (loaded === undefined) throw new Error('a text pack that was recorded is not in the room');
  return { pack: viewOf(room, loaded), changed };
});

const remove = contract.textPacks.remove.handler(({ context, input }) => {
  const by = requireActor(context, 'load-text-pack').personId;
  const { recorder } = context.host.room;
  recorder.recordRoom(decideRemoveTextPack(recorder.room.textPacks, input.instrument), by);
  return {};
});

/** Also of a wording that was replaced since: a rating goes on with the words it was opened with. */
const words = contract.textPacks.words.handler(({ context, input }) => {
  return context.host.room.recorder.room.textPacks.byHash.get(input.hash)?.pack ?? null;
});

function viewOf({ recorder }: OpenRoom, { pack, hash, loadedMs, loadedBy, seq }: LoadedTextPack): TextPackView {
  const { instrument, language, version, copyright } = pack;
  const name = loadedBy === 'service' ? null : nameAt(recorder.staff.people, loadedBy.personId, seq);
  return { instrument, language, version, copyright, hash, loadedMs, loadedBy: name };
}

export const textPackProcedures = { list, load, remove, words };
