"""A small identity provider for tests: OpenID Connect with discovery, authorisation code, token and key endpoints.

Whoever comes to it picks one of its people from a list; no password is asked, for none of them exists.
"""

from __future__ import annotations

import base64
import html
import json
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "example-atlas", "example-client-secret"


@dataclass
class Provider:
    """A running provider."""

    people: Mapping[str, Mapping[str, Any]]
    """Name to pick -> claims."""
    url: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "example"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Code -> what was asked for and who was picked; each is taken once."""

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def page(self, asked: dict[str, str]) -> str:
        """The list of people; each link comes back with who was picked."""
        links = "".join(
            f'<li><a href="/authorize?{html.escape(urlencode({**asked, "login": name}))}">{html.escape(name)}</a></li>'
            for name in self.people
        )
        return f"<!doctype html><title>Example provider</title><ul>{links}</ul>"

    def redirect(self, asked: dict[str, str]) -> str:
        """Where a browser goes once somebody was picked."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """The tokens for a code; a KeyError where it was not given out."""
        asked, now = self.codes.pop(form["code"]), int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 600, "sub": asked["login"]}
        if "nonce" in asked:
            claims["nonce"] = asked["nonce"]
        signed = jwt.encode({"alg": "RS256", "kid": "example"}, {**claims, **self.people[asked["login"]]}, self.key)
        return {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "expires_in": 600,
            "id_token": signed,
        }

    def secrets_toml(self, atlas: str) -> str:
        """The file of secrets with which an Atlas at an address signs people in here."""
        return f"""[auth]
redirect_uri = "{atlas}/oauth2callback"
cookie_secret = "{secrets.token_hex(32)}"
client_id = "{CLIENT_ID}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{self.url}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid email profile groups" }}
"""


class _Server(ThreadingHTTPServer):
    """The server, which hands its provider to each request."""

    provider: Provider


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: _Server

    def do_GET(self) -> None:
        provider, address = self.server.provider, urlsplit(self.path)
        asked = {key: values[0] for key, values in parse_qs(address.query).items()}
        if address.path == "/.well-known/openid-configuration":
            self._answer(200, json.dumps(provider.discovery()), "application/json")
        elif address.path == "/jwks":
            self._answer(200, json.dumps({"keys": [provider.key.as_dict(private=False)]}), "application/json")
        elif address.path == "/authorize" and "login" in asked:
            self._answer(302, "", "text/plain", Location=provider.redirect(asked))
        elif address.path == "/authorize":
            self._answer(200, provider.page(asked), "text/html")
        else:
            self._answer(404, "", "text/plain")

    def do_POST(self) -> None:
        provider, body = self.server.provider, self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {key: values[0] for key, values in parse_qs(body).items()}
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        known = self.headers.get("Authorization") == f"Basic {basic}" or form.get("client_secret") == CLIENT_SECRET
        if self.path != "/token" or not known or form.get("code") not in provider.codes:
            self._answer(400, '{"error": "invalid_grant"}', "application/json")
        else:
            self._answer(200, json.dumps(provider.token(form)), "application/json")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, content: str, kind: str, **headers: str) -> None:
        body = content.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def provider_of(people: Mapping[str, Mapping[str, Any]]) -> Iterator[Provider]:
    """Run a provider with these people until the block ends."""
    provider = Provider(people)
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.provider = provider
        provider.url = f"http://localhost:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
