import { statfsSync } from 'node:fs';
import { StoreError } from './store-error.ts';

/** What Linux calls the file systems that lie on another computer. Others may do so, and are not known by their number. */
const networkTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x564c, 'NCP'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
]);

/**
 * The record stands on a disk of this computer: its log is indexed in memory that is shared by way of a file, and a file
 * system of another computer shares no memory and may say that it has synced what it has not. Throws `StoreError`.
 *
 * @param type of the file system, as `statfs` of Linux tells it; a signed 32-bit number there can be negative
 */
export function refuseNetworkFolder(folder: string, type = typeOf(folder), platform: string = process.platform): void {
  const isShare = platform === 'win32' && /^(\\\\|\/\/)(?![?.])/.test(folder);
  const kind = isShare ? 'a share' : platform === 'linux' && type !== null ? networkTypes.get(type >>> 0) : undefined;
  if (kind === undefined) return;
  const words = `${folder} lies on another computer (${kind}). Vigil keeps its record on a disk of this one: name a folder there with --data, or move the room there while Vigil is closed. Backups may lie on the network.`;
  throw new StoreError('STORE_FAILED', words, folder);
}

/** null where nobody tells. */
function typeOf(folder: string): number | null {
  try {
    return statfsSync(folder).type;
  } catch {
    return null;
  }
}
