"""The key and certificate that documents are sealed with, as PKCS#12."""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _

_YEARS, _YEARS_BACK = 20, 2
"""Also what was signed before the desk had a key, as in a demo, can be sealed with it."""
_MAX_NAME = 64  # of a common name, by X.520


def make_identity(name: str, password: str, now: datetime) -> bytes:
    """A new key with a certificate that it signed itself, for a desk without one from an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:_MAX_NAME])])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=365.25 * _YEARS_BACK))
        .not_valid_after(now + timedelta(days=365.25 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    protection = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, protection)


def certificate_of(identity: bytes, password: str) -> bytes:
    """What others need to trust its seals, in DER.

    Raises InvalidInput when there is no key in it, or the password is wrong.
    """
    return demand_identity(identity, password).public_bytes(Encoding.DER)


def certificates_in(pem: bytes) -> list[bytes]:
    """In DER. Raises InvalidInput where there is none in it."""
    try:
        return [each.public_bytes(Encoding.DER) for each in x509.load_pem_x509_certificates(pem)]
    except ValueError as error:
        raise InvalidInput(_("This is not a certificate."), field="certificate") from error


def demand_identity(identity: bytes, password: str) -> x509.Certificate:
    """Its certificate. Raises InvalidInput when there is no key in it, or the password is wrong."""
    try:
        found = pkcs12.load_pkcs12(identity, password.encode())
    except ValueError as error:
        raise _unusable() from error
    if found.key is None or found.cert is None:
        raise _unusable()
    return found.cert.certificate


def _unusable() -> InvalidInput:
    return InvalidInput(_("The certificate or its password is not right."), field="certificate")
