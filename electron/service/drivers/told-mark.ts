import type { DecodeSink } from './driver.ts';

/** The same sink, which also says when a reading or a wave went to it. */
export interface MarkedSink extends DecodeSink {
  /** Whether anything was told since this was asked last. */
  takeMark(): boolean;
}

export function markedSink(sink: DecodeSink): MarkedSink {
  let isTold = false;
  return {
    ...sink,
    reading: (reading) => {
      isTold = true;
      sink.reading(reading);
    },
    wave: (wave) => {
      isTold = true;
      sink.wave(wave);
    },
    takeMark: () => {
      const was = isTold;
      isTold = false;
      return was;
    },
  };
}
