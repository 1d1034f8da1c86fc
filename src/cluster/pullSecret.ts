import { type DockerConfig, type DockerConfigForm, NoLogin, readDockerConfig } from '../registry/dockerConfig.ts';
import { isRecord, parseJson } from '../registry/json.ts';

/**
 * Why a pull secret gives no login for an image. `secret_not_found`, `secret_wrong_type`, `secret_no_entry`: the kubelet
 * passes over it and pulls with the others, or without any. `secret_malformed`: the kubelet refuses the whole pull, whatever
 * else the pod has. `secret_forbidden`, `secret_unavailable`: we could not read it; what is in it is not known.
 */
export type SecretFault =
	| 'secret_not_found'
	| 'secret_wrong_type'
	| 'secret_no_entry'
	| 'secret_malformed'
	| 'secret_forbidden'
	| 'secret_unavailable';

/** What is known of a Secret that a pod names as a pull secret. */
export interface PullSecret {
	/** Its `resourceVersion`. */
	readonly version?: string;
	/** When it was last changed, in seconds since the epoch. */
	readonly updatedAt?: number;
	/** The logins that it holds; absent where there is a fault. */
	readonly config?: DockerConfig;
	readonly fault?: Exclude<SecretFault, 'secret_no_entry'>;
}

/** The types of pull secrets (https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets). */
const kinds: readonly { readonly type: string; readonly key: string; readonly form: DockerConfigForm }[] = [
	{ type: 'kubernetes.io/dockerconfigjson', key: '.dockerconfigjson', form: 'config.json' },
	{ type: 'kubernetes.io/dockercfg', key: '.dockercfg', form: '.dockercfg' },
];

/** Those who have written a Secret; more are not looked at. */
const mostWriters = 100;
const longestVersion = 64;

/**
 * Reads a Secret of the API as the kubelet does
 * (https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/credentialprovider/secrets/secrets.go): one of another type,
 * or without its key, is passed over; one whose text cannot be read ends the pull. Never throws, and keeps nothing of the
 * Secret but its logins.
 */
export function readPullSecret(value: unknown): PullSecret {
	const { metadata, type, data } = record(value);
	const known = versionOf(record(metadata));
	const kind = kinds.find((one) => one.type === type);
	const encoded = kind && record(data)[kind.key];
	if (!kind || typeof encoded !== 'string' || encoded === '') return { ...known, fault: 'secret_wrong_type' };
	const config = configIn(Buffer.from(encoded, 'base64').toString('utf8'), kind.form);
	return config ? { ...known, config } : { ...known, fault: 'secret_malformed' };
}

/** The logins of a text that the kubelet can read; undefined for one that it refuses as a whole. */
function configIn(text: string, form: DockerConfigForm): DockerConfig | undefined {
	try {
		const config = readDockerConfig(text, form);
		const refused = config.entries.some(({ malformed }) => malformed === true);
		return refused || hasOddAuths(text, form) ? undefined : config;
	} catch (error) {
		if (error instanceof NoLogin) return undefined;
		throw error;
	}
}

/** Whether `auths` is there and no map: without it a text is only one without logins. */
function hasOddAuths(text: string, form: DockerConfigForm): boolean {
	if (form !== 'config.json') return false;
	const { auths = null } = record(parseJson(text));
	return auths !== null && !isRecord(auths);
}

function versionOf({
	resourceVersion,
	managedFields,
	creationTimestamp,
}: Raw): Pick<PullSecret, 'version' | 'updatedAt'> {
	const writers = Array.isArray(managedFields) ? managedFields.slice(0, mostWriters) : [];
	const times = [creationTimestamp, ...writers.map((writer) => record(writer)['time'])].flatMap((time) => {
		const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
		return Number.isFinite(at) ? [at / 1000] : [];
	});
	const isVersion = typeof resourceVersion === 'string' && resourceVersion.length <= longestVersion;
	return {
		...(isVersion && { version: resourceVersion }),
		...(times.length > 0 && { updatedAt: Math.max(...times) }),
	};
}

type Raw = Readonly<Record<string, unknown>>;

function record(value: unknown): Raw {
	return isRecord(value) ? value : {};
}
