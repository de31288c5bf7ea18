"""The service: HTTP API v1 and the review page. Imports only public names of `extractor` and `extractor.store`."""
