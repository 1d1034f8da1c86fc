import { by, type Claim, form, here, not } from './claim.ts';

const published = not('it needs a release at a host: image, signature or attestation of it');
const agreeing = by('test/release/steps.test.ts', 'a tag of another version fails');

/** Commands about releases, and for who verifies one. */
export const ofRelease: Readonly<Record<string, Claim>> = {
	'registry-probe --version': here(/^registry-probe \d+\.\d+\.\d+/),
	'openssl fipsinstall': form('openssl fipsinstall'),
	'npm audit': not('it asks the registry of npm, which a suite must not need'),
	'npm sbom': not('it lists the packages that are installed here, and the text says why it is not used'),
	'npm ci --ignore-scripts': not('it installs the packages that this suite runs with'),
	'npm version --no-git-tag-version VERSION': not(
		'it changes package.json; the names have to agree afterwards, which a test holds',
	),
	'npx node build/release/main.ts check vVERSION': agreeing,
	[`cosign verify IMAGE --certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-identity https://github.com/OWNER/NAME/.github/workflows/release.yml@refs/tags/vVERSION`]:
		published,
	[`cosign verify-blob SHA256SUMS --bundle SHA256SUMS.sigstore.json --certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-identity https://github.com/OWNER/NAME/.github/workflows/release.yml@refs/tags/vVERSION`]:
		published,
	'gh attestation verify oci://IMAGE --repo OWNER/NAME --signer-workflow OWNER/NAME/.github/workflows/release.yml':
		published,
	'gh attestation verify oci://IMAGE --repo OWNER/NAME --predicate-type https://cyclonedx.org/bom': published,
	'sha256sum --check --ignore-missing SHA256SUMS': published,
	'git checkout vVERSION': published,
	'REVISION=$(git rev-parse HEAD) SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) npm run build': by(
		'test/build/reproducible.test.ts',
		'gives the same bytes',
	),
	'tar --extract --file registry-probe-VERSION.tar.gz': published,
	'diff --recursive --exclude LICENSE dist registry-probe-VERSION': published,
	"docker buildx imagetools inspect IMAGE --format '{{ json .SBOM }}'": published,
};
