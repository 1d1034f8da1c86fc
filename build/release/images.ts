import { isDockerHub } from '../../src/registry/hosts.ts';
import { parseReference } from '../../src/registry/image.ts';

/**
 * The two names that an image is pushed under, without a tag. `repository` is `OWNER/NAME` as the host of the repository
 * has it, `second` a name at another registry. Throws when one of them will not do: the image has to arrive on a node
 * where one registry is down, and on one that Docker Hub throttles.
 */
export function imageNames(repository: string, second: string): readonly [string, string] {
	const first = plainName(`ghcr.io/${repository.toLowerCase()}`);
	const other = plainName(second);
	if (isDockerHub(other.domain)) throw new Error(`${second} is at Docker Hub, which throttles those who need it most`);
	if (other.domain === first.domain) throw new Error(`${second} is at the same registry as ${first.name}`);
	return [first.name, other.name];
}

function plainName(text: string): { readonly domain: string; readonly name: string } {
	if (!text.includes('/'))
		throw new Error(`"${text}" is not the name of an image, such as quay.io/owner/registry-probe`);
	const { domain, repository } = parseReference(text);
	const name = `${domain}/${repository}`;
	if (name !== text && !isDockerHub(domain)) throw new Error(`${text} is more than the name of an image: ${name}`);
	return { domain, name };
}
