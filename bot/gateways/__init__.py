"""Ways a dossier is handed in: national portal, provincial one-stop system, local register."""
