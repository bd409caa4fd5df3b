import type { ContractRouterClient } from '@orpc/contract';
import type { RoomContract } from '../../shared/contract/room-contract.ts';

/** Typed calls to the room service: `client.session.execute({ … })`. Every call settles (deadline, lost link). */
export type RoomClient = ContractRouterClient<RoomContract>;
