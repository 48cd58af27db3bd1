"""Rules over files: loading, holding, what each rule rests on, what is covered."""
