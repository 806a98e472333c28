"""The request as handlers get it: nothing of it is typed by session or user middleware, there is none."""

from litestar import Request
from litestar.datastructures import State

AnyRequest = Request[object, object, State]
