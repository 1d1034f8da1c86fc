import type { StageDescription } from './stage.ts';
import { blob } from './stages/blob.ts';
import { challenge } from './stages/challenge.ts';
import { dns } from './stages/dns.ts';
import { manifest } from './stages/manifest.ts';
import { proxy } from './stages/proxy.ts';
import { tcp } from './stages/tcp.ts';
import { tls } from './stages/tls.ts';
import { token } from './stages/token.ts';

/** All stages, in the order of the path. */
export const stages: readonly StageDescription[] = [dns, tcp, proxy, tls, challenge, token, manifest, blob];
