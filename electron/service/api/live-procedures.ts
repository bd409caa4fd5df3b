import { boardViewOf } from './call-context.ts';
import { noteWatch } from './note-look.ts';
import { contract } from './procedure.ts';

const watch = contract.live.watch.handler(async function* ({ context, signal }) {
  const { host, connection } = context;
  connection.reader?.close();
  const reader = host.room.feed.open(() => boardViewOf(context));
  connection.reader = reader;
  signal?.addEventListener('abort', () => reader.close());
  try {
    for (let message = await reader.next(); message !== null; message = await reader.next()) {
      noteWatch(context);
      yield message;
    }
  } finally {
    reader.close();
  }
});

const acknowledge = contract.live.acknowledge.handler(({ context, input }) => {
  context.connection.reader?.acknowledge(input.number);
  return {};
});

export const liveProcedures = { watch, acknowledge };
