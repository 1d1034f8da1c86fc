import type { Secret } from '../../registry/secret.ts';
import type { NodeFault, Place } from '../fault.ts';

/** What a provider is told about the service account of a pod. Its programs give nothing for images that no pod asks for. */
export interface TokenAttributes {
	readonly audience: string;
	readonly requireServiceAccount: boolean;
	readonly requiredAnnotations: readonly string[];
	readonly optionalAnnotations: readonly string[];
	/** `Token` or `ServiceAccount`; absent before 1.34. */
	readonly cacheType?: string;
}

/** An entry of `providers` in a CredentialProviderConfig: a program that knows logins for some images. */
export interface CredentialProvider extends Place {
	/** The name of the program, and of the provider in labels. */
	readonly name: string;
	/** Of requests and answers: `credentialprovider.kubelet.k8s.io/v1`. */
	readonly apiVersion: string;
	/** Patterns of images, read by `matchesImage`. */
	readonly matchImages: readonly string[];
	/** Seconds that an answer is kept which does not say itself. */
	readonly defaultCacheDuration: number;
	/** May hold secrets. */
	readonly arguments: readonly string[];
	/** Added to the environment of the kubelet. */
	readonly environment: readonly { readonly name: string; readonly value: Secret }[];
	readonly tokenAttributes?: TokenAttributes;
	/** The program's path on the node. */
	readonly program: string;
}

/** The credential providers of a node. */
export interface CredentialProviders {
	/** The path that the kubelet was given, a file or a directory; absent when it was given none. */
	readonly configuration?: string;
	/** In the order in which the kubelet asks them. */
	readonly providers: readonly CredentialProvider[];
	readonly faults: readonly NodeFault[];
}
