"""What every screen does, without Qt: presenters, flows, settings, links, diagnostics."""
