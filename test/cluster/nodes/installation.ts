import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Access } from '../../kubernetes/controlPlane.ts';
import { kubectl } from '../../kubernetes/kubectl.ts';
import { manifests } from '../../manifests/files.ts';
import { Directory } from '../../real/directory.ts';
import { eventually } from './eventually.ts';
import { agentImage } from './images.ts';

/** What an operator sets. */
export interface Wish {
	/** A directory of the manifests: `base`. */
	readonly base: string;
	/** Names of components: `discovery`. */
	readonly components: readonly string[];
	/** Name of the DaemonSet, of its ConfigMap and of their namespace. */
	readonly name: string;
	/** Files of the ConfigMap by their names. */
	readonly files: Readonly<Record<string, string>>;
}

/**
 * A kustomization beside the manifests, as docs/kubernetes.md has it. Nothing of the manifests is changed but what is said
 * there to be set: image, components, configuration.
 */
export class Installation implements Disposable {
	readonly name: string;
	readonly #access: Access;
	readonly #directory = new Directory();

	constructor(access: Access, wish: Wish) {
		this.name = wish.name;
		this.#access = access;
		for (const [name, text] of Object.entries(wish.files)) this.#directory.write(name, text);
		const here = realpathSync(this.#directory.path);
		const kustomization = kustomizationOf(wish, (path) => relative(here, join(manifests, path)));
		this.#directory.write('kustomization.yaml', JSON.stringify(kustomization));
	}

	/** `kubectl apply -k`, and waits until every agent is ready. Rejects with what kubectl says. */
	async apply(): Promise<void> {
		await kubectl(this.#access, ['apply', '--kustomize', this.#directory.path]);
		await this.rolledOut();
	}

	/** Waits until every agent is the one that is wished for, and ready. */
	async rolledOut(): Promise<void> {
		const args = ['rollout', 'status', `daemonset/${this.name}`, '--namespace', this.name, '--timeout', '50s'];
		await eventually(`${this.name} is ready`, async () => await kubectl(this.#access, args), 150);
	}

	/** `kubectl delete -k`: until nothing of it is left. */
	async remove(): Promise<void> {
		await kubectl(this.#access, ['delete', '--kustomize', this.#directory.path, '--ignore-not-found']);
	}

	[Symbol.dispose](): void {
		this.#directory[Symbol.dispose]();
	}
}

function kustomizationOf({ base, components, name, files }: Wish, pathTo: (path: string) => string): object {
	const { name: newName, tag: newTag } = agentImage;
	return {
		apiVersion: 'kustomize.config.k8s.io/v1beta1',
		kind: 'Kustomization',
		resources: [pathTo(base)],
		components: components.map((each) => pathTo(`components/${each}`)),
		images: [{ name: 'registry-probe', newName, newTag }],
		configMapGenerator: [
			{
				name,
				namespace: name,
				behavior: 'replace',
				files: Object.keys(files),
				options: { disableNameSuffixHash: true },
			},
		],
	};
}
