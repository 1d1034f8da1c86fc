import { insecure, mirror, registry } from './conf.ts';

/** Files of a node by their paths below its root. */
export type Files = Readonly<Record<string, string>>;

const hostOf = (scenario: string) => `${scenario}.lab.test`;
const mirrorOf = (scenario: string) => `${scenario}--mirror.lab.test`;

/** One mirror in front of a scenario's registry. */
function mirrored(scenario: string, mirrorFields = `location = "${mirrorOf(scenario)}"`): Files {
	return {
		'etc/containers/registries.conf': registry(`location = "${hostOf(scenario)}"`) + mirror(mirrorFields),
	};
}

/** Scenarios of a lab in which the mirror is as it should be, or answers as it should not. */
const plainMirrors = [
	'mirror-403',
	'mirror-404',
	'mirror-500',
	'mirror-auth-basic',
	'mirror-blob-500',
	'mirror-nxdomain',
	'mirror-refused',
	'mirror-refused-upstream-404',
	'mirror-refused-upstream-nxdomain',
	'mirror-untrusted',
];

/**
 * The files of a node with CRI-O in the recorded scenarios of test/data/crioRequests.json. Those that are not named here
 * have none: their faults lie elsewhere. `authority` is a certificate in PEM.
 */
export function crioSetup(scenario: string, authority: string): Files {
	if (plainMirrors.includes(scenario)) return mirrored(scenario);
	if (scenario === 'mirror-skip-verify') return mirrored(scenario, insecure(mirrorOf(scenario)));
	if (scenario === 'mirror-docker-layout') return { [`etc/docker/certs.d/${hostOf(scenario)}/ca.crt`]: authority };
	return {};
}
