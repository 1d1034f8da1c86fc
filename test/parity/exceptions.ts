/** Recorded pulls that the program does not say, and why. */
export interface Exception {
	readonly scenario: string;
	/** The runtimes that it is true of, as `recorded.ts` names them; absent: all. */
	readonly runtimes?: readonly string[];
	readonly why: string;
}

const containerd = ['1.6.20', '1.7.35', '2.2.9', '2.4.2', '2.4.2 local'].map((version) => `containerd/${version}`);

const onceOnly = 'the fault is there for one request only: an attempt sends each request once, a pull another number';
const beyond = 'the fault lies beyond the first 64 KiB of the layer, which are all that is read';

/** A test fails when one of them begins to match. */
export const exceptions: readonly Exception[] = [
	{
		scenario: 'blob-config-404',
		why: 'an attempt reads one layer; the configuration of the image is not asked for',
	},
	{ scenario: 'blob-stalled-big', why: beyond },
	{
		scenario: 'blob-trickle-big',
		runtimes: containerd.filter((name) => !/1\.6\.20|local/.test(name)),
		why: `${beyond}: the progress time-out of the runtime, or the 100 s of the recording, ended the pull`,
	},
	{
		scenario: 'blob-truncated-once',
		why: `${onceOnly}; a body that breaks off is a finding, though the rest may come to whom asks again`,
	},
	{
		scenario: 'http-429-abuse',
		why: 'nothing in the answer proves an abuse guard: the host is not Docker Hub; it is told as rate_limited',
	},
	{
		scenario: 'http-502-once',
		runtimes: ['cri-o/1.37.0'],
		why: `${onceOnly}; here the HEAD meets it, which CRI-O does not send`,
	},
	{
		scenario: 'http-eof-once',
		runtimes: ['containerd/2.4.2', 'containerd/2.4.2 local', 'cri-o/1.37.0'],
		why: `${onceOnly}; containerd 2.3 and later ask five times after a close`,
	},
	{
		scenario: 'mirror-dropped-dial1s',
		runtimes: ['containerd/1.6.20', 'containerd/1.7.35'],
		why: 'the recording was ended after 100 s; a dead mirror makes a pull late and does not make it fail',
	},
	{
		scenario: 'realm-post-token-only',
		runtimes: containerd,
		why: 'an attempt asks for its one token by GET; what the service answers to a POST is not seen',
	},
	{
		scenario: 'ref-upper',
		why: 'the configuration refuses what is no image reference: there is nothing to probe',
	},
];
