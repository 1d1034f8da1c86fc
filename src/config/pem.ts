import { X509Certificate } from 'node:crypto';

const blocks = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** Whether a PEM text holds a certificate that can be read. */
export function holdsCertificate(text: string): boolean {
	return text.matchAll(blocks).some(([block]) => {
		try {
			return new X509Certificate(block).raw.length > 0;
		} catch {
			return false;
		}
	});
}
