"""Papers made from dossiers: slips, letters, drafts to download, and the model documents they are made from."""
