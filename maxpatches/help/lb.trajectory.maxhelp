{
	"patcher": {
		"fileversion": 1,
		"appversion": {
			"major": 8,
			"minor": 6,
			"revision": 0,
			"architecture": "x64",
			"modernui": 1
		},
		"classnamespace": "box",
		"rect": [
			100.0,
			100.0,
			820.0,
			720.0
		],
		"bglocked": 0,
		"openinpresentation": 0,
		"default_fontsize": 12.0,
		"default_fontface": 0,
		"default_fontname": "Arial",
		"gridonopen": 1,
		"gridsize": [
			15.0,
			15.0
		],
		"gridsnaponopen": 1,
		"objectsnaponopen": 1,
		"statusbarvisible": 2,
		"toolbarvisible": 1,
		"lefttoolbarpinned": 0,
		"toptoolbarpinned": 0,
		"righttoolbarpinned": 0,
		"bottomtoolbarpinned": 0,
		"toolbars_unpinned_last_save": 0,
		"tallnewobj": 0,
		"boxanimatetime": 200,
		"enablehscroll": 1,
		"enablevscroll": 1,
		"devicewidth": 0.0,
		"description": "The free voice moves about its point: choose a shape, how often it goes round and how far. The point itself comes from lb.xy, lb.latents or lb.symbols. Wire the outlet to lb.bridge.",
		"digest": "The free voice moves along a line, a circle or a helix",
		"tags": "latent-bridge, OSC",
		"style": "",
		"subpatcher_template": "",
		"assistshowspatchername": 0,
		"boxes": [
			{
				"box": {
					"id": "obj-1",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						20.0,
						446.7,
						20.0
					],
					"outlettype": [],
					"text": "lb.trajectory: The free voice moves along a line, a circle or a helix"
				}
			},
			{
				"box": {
					"id": "obj-2",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						52.0,
						75.0,
						22.0
					],
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 0,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100.0,
							120.0,
							760.0,
							610.4
						],
						"bglocked": 0,
						"openinpresentation": 0,
						"default_fontsize": 12.0,
						"default_fontface": 0,
						"default_fontname": "Arial",
						"gridonopen": 1,
						"gridsize": [
							15.0,
							15.0
						],
						"gridsnaponopen": 1,
						"objectsnaponopen": 1,
						"statusbarvisible": 2,
						"toolbarvisible": 1,
						"lefttoolbarpinned": 0,
						"toptoolbarpinned": 0,
						"righttoolbarpinned": 0,
						"bottomtoolbarpinned": 0,
						"toolbars_unpinned_last_save": 0,
						"tallnewobj": 0,
						"boxanimatetime": 200,
						"enablehscroll": 1,
						"enablevscroll": 1,
						"devicewidth": 0.0,
						"description": "",
						"digest": "",
						"tags": "",
						"style": "",
						"subpatcher_template": "",
						"assistshowspatchername": 0,
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										20.0,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "lb.trajectory",
									"fontsize": 16.0,
									"fontface": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										52.0,
										720.0,
										36.0
									],
									"outlettype": [],
									"text": "The free voice moves about its point: choose a shape, how often it goes round and how far. The point itself comes from lb.xy, lb.latents or lb.symbols. Wire the outlet to lb.bridge."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										103.2,
										30.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "off"
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										103.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "It rests."
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										135.2,
										30.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "line"
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										135.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "The shape is line."
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										167.2,
										38.6,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "circle"
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										167.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "The shape is circle."
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										199.2,
										35.3,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "helix"
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										199.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "The shape is helix."
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										231.2,
										83.3,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "frequency 0.5"
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										231.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "How often it goes round."
								}
							},
							{
								"box": {
									"id": "obj-13",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										263.2,
										63.3,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "radius 1.5"
								}
							},
							{
								"box": {
									"id": "obj-14",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										263.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "How far it goes, in latent units."
								}
							},
							{
								"box": {
									"id": "obj-15",
									"maxclass": "bpatcher",
									"numinlets": 1,
									"numoutlets": 1,
									"patching_rect": [
										20,
										311.2,
										480,
										110
									],
									"name": "lb.trajectory.maxpat",
									"bgmode": 0,
									"border": 0,
									"clickthrough": 0,
									"enablehscroll": 0,
									"enablevscroll": 0,
									"lockeddragscroll": 0,
									"viewvisibility": 1,
									"outlettype": [
										""
									],
									"offset": [
										0.0,
										0.0
									]
								}
							},
							{
								"box": {
									"id": "obj-16",
									"maxclass": "bpatcher",
									"numinlets": 1,
									"numoutlets": 2,
									"patching_rect": [
										20,
										446.79999999999995,
										480,
										96
									],
									"name": "lb.bridge.maxpat",
									"bgmode": 0,
									"border": 0,
									"clickthrough": 0,
									"enablehscroll": 0,
									"enablevscroll": 0,
									"lockeddragscroll": 0,
									"viewvisibility": 1,
									"outlettype": [
										"",
										""
									],
									"offset": [
										0.0,
										0.0
									]
								}
							},
							{
								"box": {
									"id": "obj-17",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"patching_rect": [
										520.0,
										424.4,
										140.6,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "receive lb.trajectory.help"
								}
							},
							{
								"box": {
									"id": "obj-18",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										568.4,
										166.7,
										22.0
									],
									"outlettype": [],
									"text": "send lb.trajectory.help.replies"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-15",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										0
									],
									"destination": [
										"obj-15",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										0
									],
									"destination": [
										"obj-15",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-15",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										0
									],
									"destination": [
										"obj-15",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										0
									],
									"destination": [
										"obj-15",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-15",
										0
									],
									"destination": [
										"obj-16",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-17",
										0
									],
									"destination": [
										"obj-16",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-16",
										0
									],
									"destination": [
										"obj-18",
										0
									],
									"order": 0
								}
							}
						],
						"dependency_cache": [],
						"autosave": 0,
						"showontab": 1
					},
					"text": "p basic",
					"outlettype": [
						""
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						84.0,
						96.0,
						22.0
					],
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 0,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100.0,
							120.0,
							760.0,
							225.2
						],
						"bglocked": 0,
						"openinpresentation": 0,
						"default_fontsize": 12.0,
						"default_fontface": 0,
						"default_fontname": "Arial",
						"gridonopen": 1,
						"gridsize": [
							15.0,
							15.0
						],
						"gridsnaponopen": 1,
						"objectsnaponopen": 1,
						"statusbarvisible": 2,
						"toolbarvisible": 1,
						"lefttoolbarpinned": 0,
						"toptoolbarpinned": 0,
						"righttoolbarpinned": 0,
						"bottomtoolbarpinned": 0,
						"toolbars_unpinned_last_save": 0,
						"tallnewobj": 0,
						"boxanimatetime": 200,
						"enablehscroll": 1,
						"enablevscroll": 1,
						"devicewidth": 0.0,
						"description": "",
						"digest": "",
						"tags": "",
						"style": "",
						"subpatcher_template": "",
						"assistshowspatchername": 0,
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										20.0,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "messages",
									"fontsize": 16.0,
									"fontface": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										52.0,
										720.0,
										21.0
									],
									"outlettype": [],
									"text": "Click one; docs/osc.md tells their arguments, units and ranges."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										87.2,
										137.3,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/trajectory helix 0.2 1."
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										87.2,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "The free voice moves about its point."
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										210.0,
										87.2,
										126.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/trajectory off 0.2 1."
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										127.2,
										60.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/gate 1"
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										127.2,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "The free voice sounds or rests."
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										210.0,
										127.2,
										60.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/gate 0"
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										183.2,
										128.0,
										22.0
									],
									"outlettype": [],
									"text": "send lb.trajectory.help"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-9",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										0
									],
									"destination": [
										"obj-9",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-9",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-9",
										0
									],
									"order": 0
								}
							}
						],
						"dependency_cache": [],
						"autosave": 0,
						"showontab": 1
					},
					"text": "p messages",
					"outlettype": [
						""
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						308.0,
						47.0,
						22.0
					],
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 0,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100.0,
							120.0,
							760.0,
							239.2
						],
						"bglocked": 0,
						"openinpresentation": 0,
						"default_fontsize": 12.0,
						"default_fontface": 0,
						"default_fontname": "Arial",
						"gridonopen": 1,
						"gridsize": [
							15.0,
							15.0
						],
						"gridsnaponopen": 1,
						"objectsnaponopen": 1,
						"statusbarvisible": 2,
						"toolbarvisible": 1,
						"lefttoolbarpinned": 0,
						"toptoolbarpinned": 0,
						"righttoolbarpinned": 0,
						"bottomtoolbarpinned": 0,
						"toolbars_unpinned_last_save": 0,
						"tallnewobj": 0,
						"boxanimatetime": 200,
						"enablehscroll": 1,
						"enablevscroll": 1,
						"devicewidth": 0.0,
						"description": "",
						"digest": "",
						"tags": "",
						"style": "",
						"subpatcher_template": "",
						"assistshowspatchername": 0,
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										20.0,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "How to start the bridge",
									"fontsize": 16.0,
									"fontface": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										52.0,
										720.0,
										81.0
									],
									"outlettype": [],
									"text": "The bridge is a program of its own, beside Max: open a terminal in its folder and type   make play\nThe lamp of lb.bridge lights up when it answers. Its sound goes to the sound card, not through Max; to record it in Max or in Live use JACK, BlackHole or another loopback (docs/daw.md).\nOn another computer: start it with --osc-host 0.0.0.0 and give lb.bridge its address as first argument and the address of this computer as fourth."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										199.2,
										600.0,
										20.0
									],
									"outlettype": [],
									"text": "All addresses, all settings: docs/osc.md and rt/config/default.toml in that folder."
								}
							}
						],
						"lines": [],
						"dependency_cache": [],
						"autosave": 0,
						"showontab": 1
					},
					"text": "p ?",
					"outlettype": [
						""
					]
				}
			}
		],
		"lines": [],
		"dependency_cache": [],
		"autosave": 0,
		"showrootpatcherontab": 0
	}
}
