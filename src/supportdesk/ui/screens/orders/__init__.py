"""Orders: the list, one of them, and a new one."""

from supportdesk.ui.screens.orders.list_screen import OrdersScreen
from supportdesk.ui.screens.orders.new_order_screen import NewOrderScreen
from supportdesk.ui.screens.orders.order_screen import OrderScreen

__all__ = ["NewOrderScreen", "OrderScreen", "OrdersScreen"]
