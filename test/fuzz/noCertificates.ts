import type { CertificateCheck } from '../../src/node/containerd/certificates.ts';

/** Takes every certificate file for one that can be loaded: what is in them is tried by targets of their own. */
export const certificates: CertificateCheck = {
	ca: (path, place) => ({ path, place }),
	pair: (certificate, key, place) => ({ certificate, key, place }),
};
