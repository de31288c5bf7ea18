"""The page: server-rendered, Vietnamese with an English switch."""
