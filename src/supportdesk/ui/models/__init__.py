"""Models that hand windows of the replica to Qt's views."""
