package org.sksync.transport.tls;

import java.security.cert.CertificateException;

/** A peer's certificate that was judged and refused. The message is fit to be shown. */
final class CertificateRefusedException extends CertificateException {

    private static final long serialVersionUID = 1L;

    CertificateRefusedException(String message) {
        super(message);
    }

    CertificateRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
