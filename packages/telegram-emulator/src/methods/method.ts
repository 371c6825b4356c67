import type { Params, Upload } from '../params.ts';
import type { Reply } from '../reply.ts';
import type { World } from '../world.ts';

/** A method of the Bot API. `uploads` are the files of a multipart body, by the name of their part. */
export type Method = (world: World, params: Params, uploads: ReadonlyMap<string, Upload>) => Reply | Promise<Reply>;

export type Methods = Readonly<Record<string, Method>>;
