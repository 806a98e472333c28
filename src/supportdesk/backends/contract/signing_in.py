"""Who gets in."""

import pytest

from supportdesk.backends.contract.tools import connected, same_error, scenario, signed_in
from supportdesk.backends.contract.world import Login, World
from supportdesk.domain.errors import AuthenticationFailed, SessionExpired
from supportdesk.domain.session import Session


async def _error_of(world: World, login: Login) -> AuthenticationFailed:
    async with connected(world) as backend:
        with pytest.raises(AuthenticationFailed) as caught:
            await backend.sign_in(login.user, login.password)
    return caught.value


class SigningInContract:
    @scenario
    async def test_the_right_password_opens_the_desk_for_that_person(self, world: World) -> None:
        """After signing in, the desk says who one is and for which organisation."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            welcome, other = await customer.backend.welcome(), await colleague.backend.welcome()
        assert welcome.me.id != other.me.id
        assert welcome.organisation == other.organisation
        assert welcome.me.organisation_id == welcome.organisation.id
        assert welcome.me.active

    @scenario
    async def test_the_name_is_taken_as_people_type_it(self, world: World) -> None:
        """Capital letters and spaces around a user name do not matter."""
        async with connected(world) as backend:
            await backend.sign_in(f" {world.customer.user.upper()} ", world.customer.password)
            await backend.welcome()

    @scenario
    async def test_nobody_learns_which_of_the_two_was_wrong(self, world: World) -> None:
        """A wrong password, an unknown name and a deactivated person get the same answer."""
        await world.deactivate(world.colleague)
        wrong = await _error_of(world, Login(world.customer.user, "wrong-password-1"))
        unknown = await _error_of(world, Login("nobody@nowhere.example", world.customer.password))
        deactivated = await _error_of(world, world.colleague)
        assert same_error(wrong, unknown)
        assert same_error(wrong, deactivated)

    @scenario
    async def test_a_failed_sign_in_leaves_nothing_behind(self, world: World) -> None:
        """After a wrong password nothing can be read."""
        async with connected(world) as backend:
            with pytest.raises(AuthenticationFailed):
                await backend.sign_in(world.customer.user, "wrong-password-1")
            with pytest.raises(SessionExpired):
                await backend.pull(None)

    @scenario
    async def test_a_kept_session_is_taken_up_by_another_connection(self, world: World) -> None:
        """A session from an earlier start of the app still stands for the same person."""
        async with connected(world) as first:
            session = await first.sign_in(world.customer.user, world.customer.password)
            me = (await first.welcome()).me
        async with connected(world) as second:
            await second.resume(session)
            assert (await second.welcome()).me == me

    @scenario
    async def test_without_a_session_there_is_nothing(self, world: World) -> None:
        """Nobody is asked in without signing in, and an invented token is none."""
        async with connected(world) as backend:
            with pytest.raises(SessionExpired):
                await backend.welcome()
            await backend.resume(Session(user=world.customer.user, token="invented"))
            with pytest.raises(SessionExpired):
                await backend.pull(None)

    @scenario
    async def test_signing_out_ends_the_session_everywhere(self, world: World) -> None:
        """The token is worth nothing after signing out; doing it twice does no harm."""
        async with connected(world) as backend, connected(world) as copy:
            session = await backend.sign_in(world.customer.user, world.customer.password)
            await copy.resume(session)
            await backend.sign_out()
            await backend.sign_out()
            for each in (backend, copy):
                with pytest.raises(SessionExpired):
                    await each.welcome()

    @scenario
    async def test_a_deactivated_person_is_out_at_once(self, world: World) -> None:
        """The next call after the deactivation is refused."""
        async with signed_in(world, world.colleague) as colleague:
            await colleague.sees()
            await world.deactivate(world.colleague)
            with pytest.raises(SessionExpired):
                await colleague.backend.pull(colleague.mirror.cursor)
            with pytest.raises(SessionExpired):
                await colleague.do(world.new_ticket("Printer"))
