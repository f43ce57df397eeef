"""A passkey device in software, which answers as a browser would."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Device:
    """Holds one passkey; without `verifies` it asks for no fingerprint."""

    def __init__(self, origin="https://testserver", verifies=True):
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(16)
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.user_handle = ""

    def make(self, options):
        """Answer `navigator.credentials.create`."""
        options = options["publicKey"]
        self.user_handle = options["user"]["id"]
        key = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        length = struct.pack(">H", len(self.credential_id))
        attested = bytes(16) + length + self.credential_id + key
        data = self.data(options["rp"]["id"], self.flags | ATTESTED) + attested
        attestation = {"fmt": "none", "attStmt": {}, "authData": data}
        response = {
            "clientDataJSON": text(self.client_data("webauthn.create", options)),
            "attestationObject": text(cbor.encode(attestation)),
        }
        return self.credential(response)

    def show(self, options):
        """Answer `navigator.credentials.get`."""
        options = options["publicKey"]
        data = self.data(options["rpId"], self.flags)
        client = self.client_data("webauthn.get", options)
        signed = data + hashlib.sha256(client).digest()
        response = {
            "clientDataJSON": text(client),
            "authenticatorData": text(data),
            "signature": text(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.user_handle,
        }
        return self.credential(response)

    def data(self, rp_id, flags):
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + bytes(4)

    def client_data(self, kind, options):
        challenge = text(websafe_decode(options["challenge"]))
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin}
        ).encode()

    def credential(self, response):
        identifier = text(self.credential_id)
        return json.dumps(
            {
                "id": identifier,
                "rawId": identifier,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )
