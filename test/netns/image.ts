import { makeImage } from '../fakes/image.ts';

/** What is pulled: one layer of more bytes than a probe reads. */
export const image = makeImage({ layers: [Buffer.alloc(100_000, 'layer ')] });
