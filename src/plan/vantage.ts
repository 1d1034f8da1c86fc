/** The node's facts under the name by which `probe/` knows them, so that a probe needs nothing of `node/`. */
export type { Bundle } from '../node/bundle.ts';
export type { Hosts } from '../node/hosts.ts';
export type { Nameserver, ResolvConf } from '../node/resolvConf.ts';
export type { Platform, Vantage } from '../node/vantage.ts';
