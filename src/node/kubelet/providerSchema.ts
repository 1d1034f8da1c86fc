import { isImagePattern } from '../../registry/credentialMatch.ts';
import { readGoDuration } from '../../registry/goDuration.ts';
import { Secret } from '../../registry/secret.ts';
import type { CredentialProvider, TokenAttributes } from './credentialProvider.ts';
import { type Complain, Fields } from './fields.ts';
import type { Lined } from '../yaml.ts';

/** Versions of the plug-in API, by when the kubelet began to speak them: 1.20, 1.24, 1.26. */
const apiVersions = ['v1alpha1', 'v1beta1', 'v1'].map((version) => `credentialprovider.kubelet.k8s.io/${version}`);
const keys = ['name', 'apiVersion', 'matchImages', 'defaultCacheDuration', 'args', 'env', 'tokenAttributes'];
const tokenKeys = [
	'serviceAccountTokenAudience',
	'requireServiceAccount',
	'requiredServiceAccountAnnotationKeys',
	'optionalServiceAccountAnnotationKeys',
	'cacheType',
];

/** Where an entry stands, and where its program is. */
export interface EntryPlace {
	readonly file: string;
	/** The directory of the programs. */
	readonly directory: string;
	readonly complain: Complain;
}

/**
 * An entry of `providers`, by the rules with which the kubelet checks it before it starts
 * (https://kubernetes.io/docs/reference/config-api/kubelet-config.v1/#kubelet-config-k8s-io-v1-CredentialProvider).
 * Undefined when it cannot be used at all; everything that is wrong is complained about.
 */
export function readProvider(entry: Lined, { file, directory, complain }: EntryPlace): CredentialProvider | undefined {
	const fields = new Fields(entry, complain);
	fields.only(keys);
	const name = fields.text('name', 'required');
	const apiVersion = fields.text('apiVersion', 'required');
	const matchImages = fields.texts('matchImages');
	if (name === undefined || apiVersion === undefined) return undefined;
	if (/[/ ]/.test(name) || name === '.' || name === '..') {
		complain(fields.lineOf('name'), 'name is not the name of a program');
		return undefined;
	}
	if (!apiVersions.includes(apiVersion)) {
		complain(fields.lineOf('apiVersion'), `apiVersion is none of ${apiVersions.join(', ')}`);
		return undefined;
	}
	if (matchImages.length === 0) complain(fields.lineOf('matchImages'), 'matchImages names no image');
	for (const [at, pattern] of matchImages.entries()) {
		if (!isImagePattern(pattern)) complain(fields.lineOf('matchImages'), `matchImages[${at}] is no pattern of images`);
	}
	const tokenAttributes = readTokenAttributes(fields, apiVersion, complain);
	return {
		file,
		line: entry.line,
		name,
		apiVersion,
		matchImages,
		defaultCacheDuration: readCacheDuration(fields, complain),
		arguments: fields.texts('args'),
		environment: readEnvironment(fields, complain),
		...(tokenAttributes && { tokenAttributes }),
		program: `${directory}/${name}`,
	};
}

function readCacheDuration(fields: Fields, complain: Complain): number {
	const text = fields.text('defaultCacheDuration', 'required');
	const seconds = text === undefined ? 0 : readGoDuration(text);
	if (seconds !== undefined && seconds >= 0) return seconds;
	complain(fields.lineOf('defaultCacheDuration'), 'defaultCacheDuration is no duration such as 12h');
	return 0;
}

function readEnvironment(fields: Fields, complain: Complain): CredentialProvider['environment'] {
	return fields.list('env').flatMap((item) => {
		const variable = new Fields(item, complain);
		variable.only(['name', 'value']);
		const name = variable.text('name', 'required');
		return name === undefined ? [] : { name, value: new Secret(variable.text('value') ?? '') };
	});
}

/** Service account tokens: off in 1.33, on from 1.34, for version v1 of the plug-in API only. */
function readTokenAttributes(fields: Fields, apiVersion: string, complain: Complain): TokenAttributes | undefined {
	const written = fields.get('tokenAttributes');
	if (!written || written.value === null) return undefined;
	const own = new Fields(written, complain);
	own.only(tokenKeys);
	if (!apiVersion.endsWith('/v1')) complain(written.line, 'tokenAttributes need apiVersion v1');
	const cacheType = own.text('cacheType');
	if (cacheType !== undefined && cacheType !== 'Token' && cacheType !== 'ServiceAccount') {
		complain(own.lineOf('cacheType'), 'cacheType is neither Token nor ServiceAccount');
	}
	return {
		audience: own.text('serviceAccountTokenAudience', 'required') ?? '',
		requireServiceAccount: own.get('requireServiceAccount')?.value === true,
		requiredAnnotations: own.texts('requiredServiceAccountAnnotationKeys'),
		optionalAnnotations: own.texts('optionalServiceAccountAnnotationKeys'),
		...(cacheType !== undefined && { cacheType }),
	};
}
