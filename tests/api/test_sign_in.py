"""Signing in: passwords, rotating refresh tokens, API keys, and what each refusal says."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from runtime.secrets import derived_key
from tests.tiny_school import PASSWORD


async def token(client, school, who="teacher", password=PASSWORD):
    return await client.post("/api/auth/token", data={"username": f"{who}@{school.slug}.test", "password": password})


async def test_the_right_password_gives_a_token_that_says_who_i_am(client, school, sign_in):
    await sign_in("teacher")
    me = (await client.get("/api/me")).json()
    assert me["user"]["role"] == "teacher"
    assert me["school"]["slug"] == school.slug
    assert "scores:write" in me["permissions"]
    assert "users:write" not in me["permissions"]


@pytest.mark.parametrize(("who", "password"), [("teacher", "wrong"), ("nobody", PASSWORD)])
async def test_a_wrong_password_and_an_unknown_address_look_the_same(client, school, who, password):
    answer = await token(client, school, who, password)
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_signed_in"
    assert answer.json()["detail"] == "The e-mail address or the password is not right."


async def test_too_many_wrong_passwords_lock_for_a_while(client, school):
    for _ in range(8):
        assert (await token(client, school, password="wrong")).status_code == 401
    locked = await token(client, school)
    assert locked.status_code == 429
    assert int(locked.headers["retry-after"]) > 0
    assert (await token(client, school, "head")).status_code == 200


async def test_a_refresh_token_is_used_once_and_its_return_ends_the_sign_in(client, school, monkeypatch):
    first = (await token(client, school)).cookies["schoolos_refresh"]
    again = await client.post("/api/auth/refresh")
    assert again.status_code == 200
    second = again.cookies["schoolos_refresh"]
    assert first != second
    from school import sign_in

    later = datetime.now(UTC) + timedelta(seconds=60)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return later

    monkeypatch.setattr(sign_in, "datetime", Later)
    client.cookies.clear()
    stolen = await client.post("/api/auth/refresh", headers={"Cookie": f"schoolos_refresh={first}"})
    assert stolen.status_code == 401
    ended = await client.post("/api/auth/refresh", headers={"Cookie": f"schoolos_refresh={second}"})
    assert ended.status_code == 401


async def test_signing_out_ends_the_refresh_token(client, school):
    cookie = (await token(client, school)).cookies["schoolos_refresh"]
    assert (await client.post("/api/auth/sign-out")).status_code == 204
    assert (await client.post("/api/auth/refresh", headers={"Cookie": f"schoolos_refresh={cookie}"})).status_code == 401


@pytest.mark.parametrize("kind", ["expired", "forged", "garbage", "none"])
async def test_a_token_that_is_not_ours_or_no_longer_is_refused(client, school, kind):
    now = datetime.now(UTC)
    claims = {"iss": "schoolos", "sub": str(school.users["teacher"]), "exp": now + timedelta(minutes=5)}
    made = {
        "expired": jwt.encode({**claims, "exp": now - timedelta(1)}, derived_key("access-token"), algorithm="HS256"),
        "forged": jwt.encode(claims, b"x" * 32, algorithm="HS256"),
        "garbage": "not.a.token",
        "none": jwt.encode(claims, None, algorithm="none"),
    }[kind]
    answer = await client.get("/api/me", headers={"Authorization": f"Bearer {made}"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["detail"]
    right = jwt.encode(claims, derived_key("access-token"), algorithm="HS256")
    assert (await client.get("/api/me", headers={"Authorization": f"Bearer {right}"})).status_code == 200


async def test_an_api_key_acts_as_its_owner_within_its_scopes_until_revoked(client, school, sign_in):
    await sign_in("teacher")
    made = (await client.post("/api/keys", json={"name": "gradebook", "scopes": ["scores:read"]})).json()
    assert made["key"].startswith("sos_")
    listed = (await client.get("/api/keys")).json()["items"]
    assert [key["prefix"] for key in listed] == [made["key"][:10]]
    assert "key" not in listed[0]
    session = client.headers["Authorization"]
    client.headers["Authorization"] = f"Bearer {made['key']}"
    sheet = "/api/v1/score-sheets/JSS 2 Ruby/Mathematics"
    assert (await client.get(sheet, params={"term": "last term"})).status_code == 200
    refused = await client.post(f"{sheet}/publication", json={})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert (await client.post("/api/keys", json={"name": "more", "scopes": ["*"]})).status_code == 403
    client.headers["Authorization"] = session
    assert (await client.delete(f"/api/keys/{made['id']}")).status_code == 204
    client.headers["Authorization"] = f"Bearer {made['key']}"
    assert (await client.get(sheet)).status_code == 401


async def test_a_scope_the_owner_does_not_have_gives_nothing(client, school, sign_in):
    await sign_in("teacher")
    made = (await client.post("/api/keys", json={"name": "wide", "scopes": ["users:write", "scores:read"]})).json()
    me = await client.get("/api/me", headers={"Authorization": f"Bearer {made['key']}"})
    assert me.json()["permissions"] == ["scores:read"]


async def test_a_guardian_sets_and_ends_the_pin_of_their_phone(client, school, sign_in):
    await sign_in("guardian")
    assert (await client.put("/api/me/phone-pin", json={"pin": "12a4"})).status_code == 422
    set_ = await client.put("/api/me/phone-pin", json={"pin": "4821"})
    assert set_.json() == {"phone": school.phones["guardian"], "isSet": True}
    assert "4821" not in (await client.get("/api/me/phone-pin")).text
    assert (await client.delete("/api/me/phone-pin")).json()["isSet"] is False


async def test_whoever_has_no_phone_on_record_is_told_whom_to_ask(client, sign_in):
    await sign_in("student")
    answer = await client.put("/api/me/phone-pin", json={"pin": "4821"})
    assert answer.status_code == 403
    assert "no phone number of yours" in answer.json()["detail"]
