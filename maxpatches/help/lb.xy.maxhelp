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
		"description": "Moves the free voice on the two axes along which the sounds of the bundle differ most; a trail shows where it was. Drag on the pad, or send x and y, -1 to 1, to the inlet. Press sound to hear it. Wire the outlet to lb.bridge.",
		"digest": "XY pad on the principal axes of the latent space",
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
						358.5,
						20.0
					],
					"outlettype": [],
					"text": "lb.xy: XY pad on the principal axes of the latent space"
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
							716.4000000000001
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
									"text": "lb.xy",
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
									"text": "Moves the free voice on the two axes along which the sounds of the bundle differ most; a trail shows where it was. Drag on the pad, or send x and y, -1 to 1, to the inlet. Press sound to hear it. Wire the outlet to lb.bridge."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "bpatcher",
									"numinlets": 1,
									"numoutlets": 2,
									"patching_rect": [
										20,
										119.2,
										330,
										408
									],
									"name": "lb.xy.maxpat",
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
									"id": "obj-4",
									"maxclass": "bpatcher",
									"numinlets": 1,
									"numoutlets": 2,
									"patching_rect": [
										20,
										552.8000000000001,
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
									"id": "obj-5",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"patching_rect": [
										520.0,
										530.4000000000001,
										103.3,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "receive lb.xy.help"
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										674.4000000000001,
										129.3,
										22.0
									],
									"outlettype": [],
									"text": "send lb.xy.help.replies"
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
										"obj-4",
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
										"obj-4",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-6",
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
							266.8
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
										98.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/latent/xy 0. 0."
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
										36.0
									],
									"outlettype": [],
									"text": "The free voice goes to a point on the two widest principal axes of the latent space."
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
										128.8,
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
									"id": "obj-6",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										128.8,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "The free voice sounds or rests."
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										210.0,
										128.8,
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
									"id": "obj-8",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										168.8,
										108.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/interp cubic 0.1"
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										168.8,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "How the free voice moves from point to point."
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										224.8,
										90.6,
										22.0
									],
									"outlettype": [],
									"text": "send lb.xy.help"
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
										"obj-10",
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
										"obj-10",
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
										"obj-10",
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
										"obj-10",
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
